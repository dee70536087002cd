package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for source files as texts. */
class SourceFilesTest {

  private static final int MAX_LINES = 300;

  /** A string that begins as a statement does; text blocks included. */
  private static final Pattern SQL =
      Pattern.compile("\"\\s*(SELECT |INSERT INTO |UPDATE \\w+ SET |DELETE FROM |CREATE )");

  private static final Pattern MAY_HOLD_SQL =
      Pattern.compile(
          "(\\w+Table|IdempotencyKeys|PostgresCluster)\\.java|.*/chassis/sql/.*|.*/src/test/.*");

  /** In a string, not in a comment's example. */
  private static final Pattern WORD_OF_A_SERVICE =
      Pattern.compile("\"[^\"\\n]*(user-service|order-service|/users|/orders|user_id)");

  @Test
  void areShortEnoughToBeReadAtOnce() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Repository.javaFiles()) {
      long lines = Files.readAllLines(file).size();
      if (lines > MAX_LINES) {
        tooLong.add(Repository.ROOT.relativize(file) + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).as("files over " + MAX_LINES + " lines").isEmpty();
  }

  @Test
  void everyPackageSaysWhatItDoes() throws IOException {
    Set<Path> silent = new TreeSet<>();
    for (Path file : Repository.javaFiles()) {
      Path folder = file.getParent();
      if (folder.toString().contains("/src/main/")
          && !Files.exists(folder.resolve("package-info.java"))) {
        silent.add(Repository.ROOT.relativize(folder));
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void sqlStandsInTheTablesOnly() throws IOException {
    List<Path> elsewhere = new ArrayList<>();
    for (Path file : Repository.javaFiles()) {
      boolean allowed =
          MAY_HOLD_SQL.matcher(file.getFileName().toString()).matches()
              || MAY_HOLD_SQL.matcher(file.toString()).matches();
      if (!allowed && SQL.matcher(Files.readString(file)).find()) {
        elsewhere.add(Repository.ROOT.relativize(file));
      }
    }
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void theChassisNamesNoServiceAndNoPath() throws IOException {
    List<Path> naming = new ArrayList<>();
    for (Path file : Repository.javaFiles()) {
      if (file.startsWith(Repository.ROOT.resolve("chassis/src/main"))
          && WORD_OF_A_SERVICE.matcher(Files.readString(file)).find()) {
        naming.add(Repository.ROOT.relativize(file));
      }
    }
    assertThat(naming).isEmpty();
  }
}
