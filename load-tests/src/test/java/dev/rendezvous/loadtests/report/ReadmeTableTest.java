package dev.rendezvous.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendezvous.loadtests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ReadmeTableTest {

  @Test
  void theReadmeShowsTheCommittedResults() throws IOException {
    String readme = Files.readString(Repository.ROOT.resolve("README.md"));
    assertThat(ReadmeTable.in(readme, Repository.RESULTS.getParent()))
        .as("java -jar load-tests/target/load-tests.jar readme makes it anew")
        .isEqualTo(readme);
  }

  @Test
  void aReadmeWithoutAPlaceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadmeTable.in("# Rendezvous\n", Repository.RESULTS.getParent()))
        .withMessageStartingWith("the README has no place for the table");
  }
}
