package dev.rendezvous.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Consul says, through its published port. */
final class Registry {
  private final Project project;
  private final Client client = new Client();

  Registry(Project project) {
    this.project = project;
  }

  /** The addresses of the instances that pass all their checks, as {@code host:port}. */
  List<String> addresses(String service) throws IOException {
    HttpResponse<String> answer = client.get(url() + "/v1/health/service/" + service + "?passing");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> all = new ArrayList<>();
    for (JsonNode entry : Client.json(answer.body())) {
      all.add(entry.at("/Service/Address").asText() + ":" + entry.at("/Service/Port").asInt());
    }
    return all;
  }

  void awaitListed(String service, int count) {
    Await.until(
        count + " instances of " + service + " in Consul",
        Duration.ofSeconds(30),
        () -> {
          try {
            return addresses(service).size() == count;
          } catch (IOException e) {
            return false;
          }
        });
  }

  String webPage() throws IOException {
    return client.get(url() + "/ui/").body();
  }

  private String url() {
    return project.url("consul", 8500);
  }
}
