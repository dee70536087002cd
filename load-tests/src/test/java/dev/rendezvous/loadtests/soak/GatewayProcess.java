package dev.rendezvous.loadtests.soak;

import dev.rendezvous.loadtests.proxy.RunningProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The running gateway, seen from outside: what it holds. */
final class GatewayProcess {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private final RunningProxy gateway;
  private final long pid;

  GatewayProcess(RunningProxy gateway) {
    this.gateway = gateway;
    this.pid = gateway.processIds().get(0);
  }

  /** Bytes of live objects: counting them collects the others first. */
  long liveBytes() throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    List<String> line = List.of(jcmd.toString(), String.valueOf(pid), "GC.class_histogram");
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher total = TOTAL.matcher(output);
    if (!total.find()) {
      throw new IOException("jcmd says: " + output);
    }
    return Long.parseLong(total.group(1));
  }

  /** Open sockets, those on which it listens included. */
  long sockets() throws IOException {
    return descriptors("socket:");
  }

  /** Open files of any kind. */
  long descriptors() throws IOException {
    return descriptors("");
  }

  /** What its log says of buffers that were lost. */
  List<String> leaks() throws IOException {
    try (var lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains("LEAK")).limit(3).toList();
    }
  }

  /** What its log says above INFO. */
  List<String> complaints() throws IOException {
    try (var lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains("\"level\":\"ERROR\"")).limit(3).toList();
    }
  }

  /** Its folder is removed with it; the log is for whoever looks for the cause of a failure. */
  void keepLog(Path copy) throws IOException {
    Files.copy(log(), copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path log() {
    return gateway.folder().resolve("output.log");
  }

  private long descriptors(String kind) throws IOException {
    long count = 0;
    try (var files = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
      for (Path file : files) {
        count += kind.isEmpty() || target(file).startsWith(kind) ? 1 : 0;
      }
    }
    return count;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
