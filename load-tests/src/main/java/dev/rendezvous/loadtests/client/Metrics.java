package dev.rendezvous.loadtests.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service has counted since it started, as its management port tells it. */
public final class Metrics {

  private static final Pattern USER_READS = requests("route=\"/users/:id\"");
  private static final Pattern MISDIRECTED = requests("status=\"421\"");

  private final Client client;
  private final String url;

  /** Of the process with this management address. */
  public Metrics(Client client, String management) {
    this.client = client;
    this.url = management + "/metrics";
  }

  /** Requests for one user that it has answered. */
  public double userReads() {
    return sum(USER_READS);
  }

  /** Requests that were meant for another service, and were told so. */
  public double misdirected() {
    return sum(MISDIRECTED);
  }

  private static Pattern requests(String label) {
    return Pattern.compile(
        "(?m)^http_server_requests_seconds_count\\{.*" + label + ".*} ([0-9.]+)");
  }

  private double sum(Pattern counter) {
    Matcher samples = counter.matcher(client.get(url).body());
    double sum = 0;
    while (samples.find()) {
      sum += Double.parseDouble(samples.group(1));
    }
    return sum;
  }
}
