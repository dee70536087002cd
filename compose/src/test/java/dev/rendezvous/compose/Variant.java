package dev.rendezvous.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** A variant that runs, and what is asked of both. */
final class Variant implements AutoCloseable {
  static final List<String> PROGRAMS = List.of("user", "order");

  final Project project;
  private final String name;
  private final String userService;
  private final String orderService;
  private final int userPort;
  private final int orderPort;
  private final Client client = new Client();

  private Variant(String folder, String tag, String users, int userPort, String orders, int order) {
    this.name = folder;
    this.project = new Project(folder, tag);
    this.userService = users;
    this.userPort = userPort;
    this.orderService = orders;
    this.orderPort = order;
  }

  static Variant gateway(String tag) {
    return new Variant("api-gateway", tag, "gateway", 8080, "gateway", 8080);
  }

  static Variant discovery(String tag) {
    return new Variant("service-discovery", tag, "user", 5001, "order", 5002);
  }

  /** Images are there; the very first request after {@code up --wait} has to succeed. */
  void start() throws IOException {
    long begun = System.nanoTime();
    project.up();
    flow();
    say("first order %.1f s after up", (System.nanoTime() - begun) / 1e9);
    say("memory at rest: %s", memory());
  }

  String users() {
    return project.url(userService, userPort);
  }

  String orders() {
    return project.url(orderService, orderPort);
  }

  /**
   * The README's curl lines: a user, an order of hers, and the order again. Gives the user's id.
   */
  long flow() throws IOException {
    JsonNode user = created(client.post(users() + "/users", "{\"name\":\"Alice\"}"));
    long id = user.get("id").asLong();
    JsonNode order =
        created(
            client.post(orders() + "/orders", "{\"user_id\":%d,\"item\":\"Book\"}".formatted(id)));
    assertThat(order.at("/user/name").asText()).isEqualTo("Alice");
    assertThat(order.at("/user/id").asLong()).isEqualTo(id);
    assertThat(order(order.get("id").asLong())).isEqualTo(order);
    return id;
  }

  JsonNode order(long id) throws IOException {
    HttpResponse<String> answer = client.get(orders() + "/orders/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer.body());
  }

  private static JsonNode created(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Client.json(answer.body());
  }

  /** A load of orders of a new user. */
  Load load() throws IOException {
    return Load.of(orders(), flow());
  }

  /** All parts stop and start; what was stored is still there. */
  void restart() throws IOException {
    long user = flow();
    HttpResponse<String> before = client.get(users() + "/users/" + user);
    long begun = System.nanoTime();
    project.compose("restart", "-t", "30");
    project.awaitHealthy();
    say("healthy %.1f s after docker compose restart", (System.nanoTime() - begun) / 1e9);
    assertThat(client.get(users() + "/users/" + user).body()).isEqualTo(before.body());
    flow();
  }

  /**
   * Another user service comes, then the one that was there goes, all under load.
   *
   * @param known how many user services the caller of the user service knows
   */
  Load replaceUserService(IntSupplier known) throws IOException {
    String old = project.only("user");
    String oldAddress = project.address(old);
    try (Load load = load()) {
      load.awaitMore(50);
      project.up("--no-recreate", "--scale", "user=2", "user");
      Await.until("two user services known", Duration.ofSeconds(20), () -> known.getAsInt() == 2);
      load.awaitMore(50);
      Shell.docker("stop", "-t", "30", old);
      Shell.docker("rm", old);
      load.awaitMore(200);
      load.stop();
      Await.until("one user service known", Duration.ofSeconds(90), () -> known.getAsInt() == 1);
      assertThat(project.address(project.only("user"))).isNotEqualTo(oldAddress);
      say("the user service moved to another address: %s", load.figures());
      return load;
    }
  }

  /** Three user services share the work; then there is one again. */
  void scaleToThreeAndBack(IntSupplier known) throws IOException {
    try {
      project.up("--no-recreate", "--scale", "user=3", "user");
      Await.until("three user services known", Duration.ofSeconds(20), () -> known.getAsInt() == 3);
      List<String> containers = project.containers("user");
      List<Long> before = containers.stream().map(Variant::served).toList();
      try (Load load = load()) {
        load.awaitMore(300);
        load.stop();
        List<Long> shares = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
          shares.add(served(containers.get(i)) - before.get(i));
        }
        say("3 user services served %s; %s", shares, load.figures());
        assertThat(load.failed()).isEmpty();
        assertThat(shares).hasSize(3).allMatch(share -> share > 0);
      }
    } finally {
      scaleToOne(known);
    }
    flow();
  }

  private void scaleToOne(IntSupplier known) throws IOException {
    try (Load load = load()) {
      project.up("--no-recreate", "--scale", "user=1", "user");
      Await.until("one user service known", Duration.ofSeconds(90), () -> known.getAsInt() == 1);
      load.awaitMore(100);
      load.stop();
      say("back to 1 user service: %s", load.figures());
      project.only("user");
    }
  }

  int userServicesKnownTo(String caller) {
    JsonNode discovery = project.page(caller, "/discovery");
    return discovery.at("/services/user-service/instances").size();
  }

  /** Requests that an instance has answered, by its own log. */
  private static long served(String container) {
    return Shell.docker("logs", container)
        .lines()
        .filter(line -> line.contains("\"path\":\"/users/"))
        .count();
  }

  /** Memory of each container, as the engine sees it. */
  private String memory() {
    List<String> command = new ArrayList<>(List.of("stats", "--no-stream", "--format"));
    command.add("{{.Name}} {{.MemUsage}}");
    command.addAll(project.compose("ps", "-q").lines().toList());
    String all = Shell.docker(command.toArray(String[]::new)).trim();
    return all.replace(project.name() + "-", "").replace("\n", ", ");
  }

  @SuppressWarnings("AnnotateFormatMethod")
  void say(String format, Object... arguments) {
    System.out.println(name + ": " + format.formatted(arguments));
  }

  @Override
  public void close() {
    List<String> volumes = project.volumes();
    project.close();
    assertThat(project.remains()).isEmpty();
    assertThat(Shell.docker("volume", "ls", "-q").lines()).doesNotContainAnyElementsOf(volumes);
    say("after down -v: no container, volume or network is left");
  }
}
