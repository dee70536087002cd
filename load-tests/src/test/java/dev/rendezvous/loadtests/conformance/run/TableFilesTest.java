package dev.rendezvous.loadtests.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.conformance.Verdict;
import dev.rendezvous.loadtests.conformance.run.ResultTable.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {
  @Test
  void theTableIsWrittenForPeopleAndForPrograms(@TempDir Path folder) throws IOException {
    var table = new ResultTable();
    var row = new ResultTable.Row(Kind.OWN, "Group", "some-case", "a | rule", "\"reason\"");
    table.add(row, "one", Verdict.PASSED);
    table.add(row, "two", Verdict.failed("seen"));
    TableFiles.write(table, Map.of("one", "1.0"), folder);
    assertThat(folder.resolve("conformance.md"))
        .content()
        .contains("| some-case | a \\| rule | *own:* \"reason\" | ✓ | **✗** |")
        .contains("| our cases: choices of our own | 1 of 1 | 0 of 1 |");
    assertThat(folder.resolve("conformance.json"))
        .content()
        .contains("\"source\": \"\\\"reason\\\"\"")
        .contains("\"two\": {\"outcome\": \"fail\", \"detail\": \"seen\"}");
  }
}
