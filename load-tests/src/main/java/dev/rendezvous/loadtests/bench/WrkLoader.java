package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.Executables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wrk}, which takes less of a core than any JVM does; for full connections only. */
final class WrkLoader implements Loader {
  private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([0-9.]+)(us|ms|s|m)");
  private static final Pattern SHARE = Pattern.compile("\\s+(50|99)%\\s+([0-9.]+)(us|ms|s|m)");
  private static final Pattern FAILURE = Pattern.compile("(Socket errors|Non-2xx).*");

  private final Path program;
  private final List<String> prefix;
  private final Path folder;

  /**
   * Writes the scripts by which wrk sends bodies.
   *
   * @param prefix what binds it to its cores
   */
  WrkLoader(Path program, List<String> prefix, Path folder, long seed) throws IOException {
    this.program = program;
    this.prefix = prefix;
    this.folder = folder;
    for (Payload payload : Payload.values()) {
      Files.writeString(
          script(payload),
          """
          wrk.method = "POST"
          wrk.headers["Content-Type"] = "application/json"
          wrk.body = '%s'
          """
              .formatted(payload.json(seed)));
    }
  }

  @Override
  public Sample measure(Address address, Cell cell, Duration length) throws IOException {
    List<String> line = new ArrayList<>(prefix);
    line.add(program.toString());
    line.addAll(List.of("-t", "1", "-c", String.valueOf(cell.connections())));
    line.addAll(List.of("-d", length.toSeconds() + "s", "--latency", "--timeout", "10s"));
    String path = cell.payload().path();
    if (cell.method().equals("POST")) {
      line.addAll(List.of("-s", script(cell.payload()).toString()));
      path = "/post";
    }
    line.add("http://" + address + path);
    return parse(output(line));
  }

  @Override
  public String description() {
    String version = Executables.firstLine(List.of(program.toString(), "-v"));
    return version.replaceAll(" Copyright.*", "");
  }

  /** Reads what wrk prints; anything that is not a 2xx answer is a failure. */
  static Sample parse(String output) throws IOException {
    Matcher failure = FAILURE.matcher(output);
    if (failure.find()) {
      throw new IOException(failure.group());
    }
    Matcher total = TOTAL.matcher(output);
    if (!total.find() || total.group(1).equals("0")) {
      throw new IOException("wrk says nothing of requests: " + output.strip());
    }
    double[] shares = {Double.NaN, Double.NaN};
    Matcher share = SHARE.matcher(output);
    while (share.find()) {
      shares[share.group(1).equals("50") ? 0 : 1] = micros(share.group(2), share.group(3));
    }
    return new Sample(
        Long.parseLong(total.group(1)),
        micros(total.group(2), total.group(3)) / 1e6,
        shares[0],
        shares[1],
        false);
  }

  private Path script(Payload payload) {
    return folder.resolve("post-" + payload.bytes() + ".lua");
  }

  private static double micros(String number, String unit) {
    double factor =
        switch (unit) {
          case "us" -> 1;
          case "ms" -> 1e3;
          case "s" -> 1e6;
          default -> 60e6;
        };
    return Double.parseDouble(number) * factor;
  }

  private static String output(List<String> line) throws IOException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException("wrk ended with " + exit + ": " + output.strip());
      }
      return output;
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
