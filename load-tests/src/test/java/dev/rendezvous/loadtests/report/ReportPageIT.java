package dev.rendezvous.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rendezvous.loadtests.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of the committed results in a real browser, as wide as a desk's and as a phone's. */
@Tag("browser")
@Timeout(90)
class ReportPageIT {

  private static final List<Integer> WIDTHS = List.of(1200, 390);
  private static final Pattern SEEN =
      Pattern.compile("<pre id=\"seen\">(.*?)</pre>", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void isDrawnWithoutErrorsOnADeskAndOnAPhone() throws Exception {
    Results results = ResultsFile.read(Repository.RESULTS);
    new Report(results).write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    assertThat(page).doesNotContainPattern("(src|href)=\"(?!data:)|url\\(|@import");
    writeProbed(page);

    JsonNode seen = seen(dom());
    assertThat(seen).hasSize(WIDTHS.size());
    for (JsonNode view : seen) {
      assertThat(view.get("problems")).as("script errors").isEmpty();
      assertThat(view.get("empty")).as("charts without a mark").isEmpty();
      assertThat(view.get("charts").asInt()).isEqualTo(charts(results));
      assertThat(view.get("unreadable").asInt()).as("texts under 9 px").isZero();
      assertThat(view.get("wider").asBoolean()).as("wider than its window").isFalse();
      assertThat(view.get("heading").asText())
          .isEqualTo("API gateway or service discovery: what each costs");
    }
    assertThat(seen.findValuesAsText("width"))
        .containsExactlyInAnyOrderElementsOf(WIDTHS.stream().map(String::valueOf).toList());
  }

  /** Two of latency, two of what is added, three of what it takes, and each drill's. */
  private static int charts(Results results) {
    long drills =
        results.drills().stream()
            .flatMap(drill -> Stream.of(drill.gateway(), drill.discovery()))
            .filter(outcome -> outcome.cost().isPresent())
            .count();
    return 7 + (int) drills;
  }

  private void writeProbed(String page) throws IOException {
    Files.writeString(
        folder.resolve("probed.html"),
        page.replace("</head>", "<script>" + probe() + "</script></head>"));
    StringBuilder frames = new StringBuilder();
    WIDTHS.forEach(
        width ->
            frames.append(
                "<iframe src=\"probed.html\" style=\"border:0\" width=\"%d\" height=\"800\"></iframe>"
                    .formatted(width)));
    Files.writeString(
        folder.resolve("frames.html"),
        """
        <!doctype html><pre id="seen">[]</pre>
        <script>
          const seen = [];
          addEventListener("message", (event) => {
            seen.push(event.data);
            document.getElementById("seen").textContent = JSON.stringify(seen);
          });
        </script>
        """
            + frames);
  }

  private static String probe() throws IOException {
    try (InputStream script = ReportPageIT.class.getResourceAsStream("/probe.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String dom() throws IOException, InterruptedException {
    Path output = folder.resolve("dom.html");
    Process browser =
        new ProcessBuilder(
                chromium(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1300,900",
                "--virtual-time-budget=10000",
                "--dump-dom",
                folder.resolve("frames.html").toUri().toString())
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("browser.log").toFile())
            .start();
    try {
      assertThat(browser.waitFor(60, TimeUnit.SECONDS)).as("the browser ended").isTrue();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
    return Files.readString(output);
  }

  private static String chromium() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(
            path ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(Path.of(path)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no Chromium on PATH; without one leave out the tag \"browser\""))
        .toString();
  }

  private static JsonNode seen(String dom) throws IOException {
    Matcher seen = SEEN.matcher(dom);
    assertThat(seen.find()).as(dom).isTrue();
    String json =
        seen.group(1)
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    return new ObjectMapper().readTree(json);
  }
}
