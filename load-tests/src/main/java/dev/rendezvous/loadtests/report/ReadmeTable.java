package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.bench.Headline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The README's tables, which are made from the committed results and from nothing else. */
public final class ReadmeTable {

  private static final String BEGIN =
      "<!-- made of docs/results/%s by: java -jar load-tests/target/load-tests.jar readme -->\n";
  private static final String END = "<!-- end of what is made -->\n";

  private static final String COMPARISON = "results.json";
  private static final String BENCHMARK = "bench.json";

  private ReadmeTable() {}

  /**
   * The text with the tables in their places.
   *
   * @param results the folder of {@value #COMPARISON} and {@value #BENCHMARK}
   */
  public static String in(String readme, Path results) throws IOException {
    String summary = new Report(ResultsFile.read(results.resolve(COMPARISON))).summary();
    return in(
        in(readme, COMPARISON, summary), BENCHMARK, Headline.table(results.resolve(BENCHMARK)));
  }

  private static String in(String readme, String file, String table) {
    String first = BEGIN.formatted(file);
    int begin = readme.indexOf(first);
    int end = begin < 0 ? -1 : readme.indexOf(END, begin);
    if (end < 0) {
      throw new IllegalArgumentException(
          "the README has no place for the table: a line " + first.strip() + " and later " + END);
    }
    return readme.substring(0, begin + first.length())
        + "\n"
        + table
        + "\n"
        + readme.substring(end);
  }

  /**
   * Writes the README of a repository anew.
   *
   * @return whether it has changed
   */
  public static boolean write(Path root) throws IOException {
    Path readme = root.resolve("README.md");
    String former = Files.readString(readme);
    String now = in(former, root.resolve("docs/results"));
    Files.writeString(readme, now);
    return !now.equals(former);
  }
}
