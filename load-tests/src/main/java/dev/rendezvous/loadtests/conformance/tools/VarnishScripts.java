package dev.rendezvous.loadtests.conformance.tools;

import dev.rendezvous.loadtests.conformance.Verdict;
import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.Executables;
import dev.rendezvous.loadtests.proxy.Ports;
import dev.rendezvous.loadtests.proxy.ProxyRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Our scripts for varnishtest. Each is client and service in one; the proxy between them is told
 * beforehand at which port the service of which script will listen.
 */
public final class VarnishScripts {
  private static final List<String> NAMES =
      List.of(
          "nominated-request",
          "nominated-answer",
          "forwarded",
          "hosts",
          "smuggling",
          "chunked-request",
          "chunked-answer",
          "kept-upstream",
          "pipelining",
          "head",
          "no-content",
          "truncated",
          "until-close",
          "websocket");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PREFIX = "/vtc-";

  private final Map<String, Address> services = new LinkedHashMap<>();

  /** Chooses the ports. */
  public VarnishScripts() {
    NAMES.forEach(name -> services.put(name, Address.local(Ports.free())));
  }

  /**
   * A script.
   *
   * @param rule a sentence
   * @param source the section that asks for it
   */
  public record Script(String name, String rule, String source, String text) {}

  /** All scripts, as they were packed with the program. */
  public static List<Script> all() {
    return NAMES.stream().map(VarnishScripts::read).toList();
  }

  /** Where varnishtest is, if it is. */
  public static Optional<Path> program() {
    return Executables.find("varnishtest");
  }

  /** The routes that the proxy needs. */
  public Stream<ProxyRoute> routes() {
    return services.entrySet().stream()
        .map(service -> new ProxyRoute(PREFIX + service.getKey(), service.getValue()));
  }

  /** Runs one script against a proxy that has these routes. */
  public Verdict run(Script script, Path program, Address proxy, Path folder) throws IOException {
    var file = Files.writeString(folder.resolve(script.name() + ".vtc"), script.text());
    var output = folder.resolve(script.name() + ".log");
    var service = services.get(script.name());
    if (service == null) {
      throw new IllegalArgumentException(script.name());
    }
    var passed =
        ToolRun.succeeds(
            List.of(
                program.toString(),
                "-D",
                "proxy=" + proxy,
                "-D",
                "backend=" + service,
                "-D",
                "path=" + PREFIX + script.name(),
                "-t",
                "10",
                file.toString()),
            output,
            PATIENCE);
    return passed ? Verdict.PASSED : Verdict.failed(why(output));
  }

  /** The lines with which varnishtest says what was not as expected. */
  private static String why(Path output) throws IOException {
    try (var lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("----"))
          .map(line -> line.replaceAll("\\s+", " "))
          .reduce((first, second) -> first + "; " + second)
          .orElse("it did not end");
    }
  }

  private static Script read(String name) {
    try (var in = VarnishScripts.class.getResourceAsStream("/vtc/" + name + ".vtc")) {
      if (in == null) {
        throw new IllegalStateException(name + " is not there");
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Script(name, comment(text, "# rule: "), comment(text, "# source: "), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String comment(String text, String begin) {
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()))
        .findFirst()
        .orElseThrow();
  }
}
