package dev.rendezvous.loadtests.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The README's table, which is made from a results file and from nothing else. */
public final class ReadmeTable {

  private static final String BEGIN =
      "<!-- made by: java -jar load-tests/target/load-tests.jar readme -->\n";
  private static final String END = "<!-- end of what is made -->\n";

  private ReadmeTable() {}

  /** The text with the table of these results in its place. */
  public static String in(String readme, Results results) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "the README has no place for the table: a line " + BEGIN.strip() + " and later " + END);
    }
    return readme.substring(0, begin + BEGIN.length())
        + "\n"
        + new Report(results).summary()
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
    String now = in(former, ResultsFile.read(root.resolve("docs/results/results.json")));
    Files.writeString(readme, now);
    return !now.equals(former);
  }
}
