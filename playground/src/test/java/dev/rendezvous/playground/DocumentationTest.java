package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents say about the code is what the code says. */
class DocumentationTest {
  private static final Pattern PROBLEM_IN_CODE =
      Pattern.compile("new ProblemType\\(\\s*\"([a-z-]+)\",\\s*(\\d+)");
  private static final Pattern PROBLEM_IN_DOCUMENT =
      Pattern.compile("^\\| `([a-z-]+)` \\| (\\d+) \\|", Pattern.MULTILINE);
  private static final Pattern VARIABLE_IN_CODE =
      Pattern.compile(
          "(?:text|port|number|file|secretFile|secret|choice|optional|required|value|apply)"
              + "\\(\\s*\"([A-Z][A-Z_]+)\"");
  private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)[^)]*\\)");

  @Test
  void everyProblemTypeIsDescribed() throws IOException {
    Map<String, String> inCode = new TreeMap<>();
    for (Path file : mainFiles()) {
      var matcher = PROBLEM_IN_CODE.matcher(Files.readString(file));
      while (matcher.find()) {
        assertThat(inCode.put(matcher.group(1), matcher.group(2))).as(matcher.group(1)).isNull();
      }
    }
    Map<String, String> described = new TreeMap<>();
    var matcher = PROBLEM_IN_DOCUMENT.matcher(read("docs/problems.md"));
    while (matcher.find()) {
      described.put(matcher.group(1), matcher.group(2));
    }
    assertThat(described).isEqualTo(inCode).isNotEmpty();
  }

  @Test
  void everyVariableIsDescribed() throws IOException {
    Set<String> inCode = new TreeSet<>();
    for (Path file : mainFiles()) {
      if (!file.startsWith(Repository.ROOT.resolve("playground"))) {
        var matcher = VARIABLE_IN_CODE.matcher(Files.readString(file));
        while (matcher.find()) {
          inCode.add(matcher.group(1));
        }
      }
    }
    String readme = read("README.md");
    assertThat(inCode).hasSizeGreaterThan(10).allMatch(name -> readme.contains("`" + name + "`"));
  }

  @Test
  void theCodeInTheReadmeIsTheCode() throws IOException {
    var snippet = SNIPPET.matcher(read("README.md"));
    assertThat(snippet.find()).isTrue();
    String code =
        read("discovery/src/main/java/dev/rendezvous/discovery/Discovery.java")
            .replaceAll("(?m)^  ", "");
    assertThat(code).contains(snippet.group(1));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (String document :
        List.of("README.md", "CONTRIBUTING.md", "docs/problems.md", "compose/README.md")) {
      Path folder = Repository.ROOT.resolve(document).getParent();
      var link = LINK.matcher(read(document));
      while (link.find()) {
        assertThat(folder.resolve(link.group(1))).as(document).exists();
      }
    }
  }

  private static List<Path> mainFiles() throws IOException {
    return Repository.javaFiles().stream()
        .filter(file -> file.toString().contains("/src/main/"))
        .toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(Repository.ROOT.resolve(file));
  }
}
