package dev.rendezvous.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is started. */
class CompareCommandTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void badArgumentsAreRefusedInOneLine() {
    assertThat(run("compare", "--fast")).isEqualTo(2);
    assertThat(lines()).startsWith("./run: unknown option \"--fast\"; accepted: ").hasLineCount(1);
  }

  @Test
  void aFileThatHoldsNoResultsIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "[]");
    assertThat(run("compare", "--against", file.toString())).isEqualTo(2);
    assertThat(lines()).startsWith(file + " is no results file: ").hasLineCount(1);
  }

  private int run(String... args) {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new CompareCommand(folder, stream, stream).run(args);
  }

  private String lines() {
    return said.toString(StandardCharsets.UTF_8).strip();
  }
}
