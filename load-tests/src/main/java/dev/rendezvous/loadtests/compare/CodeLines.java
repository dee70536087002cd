package dev.rendezvous.loadtests.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What each variant needs of the repository that the other does not, by reading it. */
final class CodeLines {

  private static final String WAY =
      "discovery/src/main/java/dev/rendezvous/discovery/Discovery.java";
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "(?s)<dependency>\\s*<groupId>([^<]*)</groupId>\\s*"
              + "<artifactId>([^<]*)</artifactId>(.*?)</dependency>");

  private final Path root;

  /**
   * @param root of the repository
   */
  CodeLines(Path root) {
    this.root = root;
  }

  /** Lines of Java without comments and blank ones, by where they stand. */
  Map<String, Integer> gateway() throws IOException {
    Map<String, Integer> lines = new LinkedHashMap<>();
    lines.put("the gateway's case in Discovery.way", way("DiscoveryUrl.Gateway"));
    lines.put("gateway-verticle", below("gateway-verticle/src/main/java"));
    return lines;
  }

  Map<String, Integer> discovery() throws IOException {
    Map<String, Integer> lines = new LinkedHashMap<>();
    lines.put("Consul's case in Discovery.way", way("DiscoveryUrl.Consul"));
    lines.put("discovery.consul", below("discovery/src/main/java/dev/rendezvous/discovery/consul"));
    return lines;
  }

  /** Libraries that the gateway's module declares and none of the services' modules does. */
  List<String> gatewayDependencies() throws IOException {
    Set<String> own = dependencies("gateway-verticle");
    for (String shared : List.of("chassis", "discovery", "user-verticle", "order-verticle")) {
      own.removeAll(dependencies(shared));
    }
    return List.copyOf(own);
  }

  /** Libraries that are declared for the registry, and the registry itself. */
  List<String> discoveryDependencies() throws IOException {
    Set<String> own = dependencies("discovery");
    own.removeIf(name -> !name.contains("consul"));
    own.add("Consul (a program)");
    return List.copyOf(own);
  }

  private Set<String> dependencies(String module) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher dependency = DEPENDENCY.matcher(Files.readString(root.resolve(module + "/pom.xml")));
    while (dependency.find()) {
      boolean ours = dependency.group(1).startsWith("dev.rendezvous");
      if (!ours && !dependency.group(3).contains("<scope>test</scope>")) {
        names.add(dependency.group(2));
      }
    }
    return names;
  }

  private int below(String folder) throws IOException {
    int lines = 0;
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        lines += count(Files.readString(file));
      }
    }
    return lines;
  }

  static int count(String java) {
    String code = java.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    return (int) code.lines().filter(line -> !line.isBlank()).count();
  }

  /** The lines from where the method names the case to the end of the case. */
  private int way(String named) throws IOException {
    String source = Files.readString(root.resolve(WAY));
    int method = source.indexOf(" Way way(");
    int begin = method < 0 ? -1 : source.indexOf(named, method);
    if (begin < 0) {
      throw new RunFailure(WAY + " has no method way with a case for " + named);
    }
    int line = source.lastIndexOf('\n', begin) + 1;
    return count(source.substring(line, caseEnd(source, line)));
  }

  /** Where the next case begins, or the method ends. */
  private static int caseEnd(String source, int from) {
    int depth = 0;
    for (int at = from; at < source.length(); at++) {
      char c = source.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      boolean closed = c == '}' && depth <= 0;
      if (closed) {
        return depth < 0 ? at : at + 1;
      }
    }
    return source.length();
  }
}
