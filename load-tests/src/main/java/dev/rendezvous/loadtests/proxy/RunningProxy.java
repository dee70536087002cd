package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One proxy that serves; closing it ends its processes and removes its folder. */
public final class RunningProxy implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(25);
  private static final long POLL_MILLISECONDS = 10;

  private final ProxyName name;
  private final Place place;
  private final Process process;

  private RunningProxy(ProxyName name, Place place, Process process) {
    this.name = name;
    this.place = place;
    this.process = process;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @throws IOException with the end of its log, if it does not
   */
  public static RunningProxy start(ProxyName name, ProxySettings settings) throws IOException {
    var program = name.program();
    var port = Ports.free();
    var place =
        new Place(
            Files.createTempDirectory("rendezvous-" + name.label() + "-"),
            port,
            program.sharesPort() ? port : Ports.free(),
            program.isTlsAlone() ? port : Ports.free(),
            Ports.free());
    try {
      var command = program.prepare(settings, place);
      var line = new ArrayList<String>();
      settings.core().ifPresent(core -> line.addAll(List.of("taskset", "-c", "" + core)));
      line.addAll(command.line());
      var builder = new ProcessBuilder(line).directory(place.folder().toFile());
      builder.environment().putAll(command.environment());
      builder.redirectErrorStream(true).redirectOutput(place.file("output.log").toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      var running = new RunningProxy(name, place, builder.start());
      running.awaitServing(program);
      return running;
    } catch (IOException | RuntimeException e) {
      removeFolder(place.folder());
      throw e;
    }
  }

  private void awaitServing(Program program) throws IOException {
    var deadline = System.nanoTime() + START.toNanos();
    while (!program.serves(place)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        var said = output();
        end();
        throw new IOException(name.label() + " does not serve: " + said);
      }
      try {
        // Nothing tells when a foreign process begins to listen; looking is all there is.
        process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        end();
        throw new IOException("interrupted", e);
      }
    }
  }

  public ProxyName name() {
    return name;
  }

  /** HTTP/1.1 in clear text. */
  public Address address() {
    return Address.local(place.port());
  }

  /** HTTP/2 in clear text, with prior knowledge. */
  public Address clearTextHttp2() {
    return Address.local(place.clearTextHttp2Port());
  }

  /** TLS with ALPN; nobody listens there without a certificate. */
  public Address tls() {
    return Address.local(place.tlsPort());
  }

  /** Ours alone listens there: health, metrics, routes. */
  public Address management() {
    return Address.local(place.managementPort());
  }

  /** Its process and all that this one has started. */
  public List<Long> processIds() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** User and system time of all its processes since they began, to 10 ms. */
  public Duration cpuTime() {
    return CpuTime.of(processIds());
  }

  /** What it has said on its standard output and error streams, at most the last 4 KiB. */
  public String output() throws IOException {
    var all = Files.readString(place.file("output.log"), StandardCharsets.ISO_8859_1);
    return all.substring(Math.max(0, all.length() - 4096));
  }

  /** Where its files are, while it runs. */
  public Path folder() {
    return place.folder();
  }

  @Override
  public void close() throws IOException {
    end();
    removeFolder(place.folder());
  }

  private void end() {
    var all = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static void removeFolder(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
