package dev.rendezvous.loadtests.drills;

import dev.rendezvous.loadtests.client.Client;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller believes about instances, as its management port tells it. */
public final class Table {

  private final Client client = new Client();
  private final String url;

  /** The table of the process with this management address. */
  public Table(String management) {
    this.url = management + "/discovery";
  }

  /** Whether requests may be sent to the instance. */
  public boolean inRotation(String id) {
    return field(id, "state", "\"(\\w+)\"").filter("in_rotation"::equals).isPresent();
  }

  Optional<Integer> port(String id) {
    return field(id, "port", "([0-9]+)").map(Integer::parseInt);
  }

  /** Whether the registry answers, by the last try. */
  boolean inTouch() {
    return client.get(url).body().contains("\"state\":\"in_touch\"");
  }

  private Optional<String> field(String id, String name, String value) {
    String quoted = Pattern.quote("\"id\":\"" + id + "\"");
    Matcher matcher =
        Pattern.compile(quoted + "[^\\]]*?\\]?[^\\]]*?\"" + name + "\":" + value)
            .matcher(client.get(url).body());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
