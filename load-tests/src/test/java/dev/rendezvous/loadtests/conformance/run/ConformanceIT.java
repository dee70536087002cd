package dev.rendezvous.loadtests.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.conformance.Verdict.Outcome;
import dev.rendezvous.loadtests.conformance.run.ResultTable.Kind;
import dev.rendezvous.loadtests.proxy.ProxyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConformanceIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @Test
  void oursDoesWhatIsAsked() throws IOException {
    var conformance = new Conformance(TARGET.resolve("conformance/ours"), TARGET.resolve("h2spec"));
    // ./test shows at its end what this machine could not run.
    Files.write(
        TARGET.resolve("conformance/not-run.txt"),
        conformance.notRun().stream().map(what -> "not run: " + what).toList());
    conformance.run(ProxyName.RENDEZVOUS);
    assertThat(conformance.failures(ProxyName.RENDEZVOUS)).isEmpty();
    assertThat(conformance.table().rows())
        .filteredOn(row -> row.kind() == Kind.STANDARD || row.kind() == Kind.OWN)
        .allMatch(
            row ->
                conformance.table().verdict(row, ProxyName.RENDEZVOUS.label()).outcome()
                    == Outcome.PASS);
  }

  /** What the others answer is theirs; that they were asked is ours. */
  @Test
  @Tag("long")
  void everyProxyIsAskedTheSame() throws IOException {
    var conformance = new Conformance(TARGET.resolve("conformance/all"), TARGET.resolve("h2spec"));
    var versions = new LinkedHashMap<String, String>();
    for (var name : ProxyName.available()) {
      conformance.run(name);
      versions.put(name.label(), name.version(Path.of(System.getProperty("java.home"))));
    }
    TableFiles.write(conformance.table(), versions, TARGET.resolve("conformance"));
    for (var row : conformance.table().rows()) {
      for (var name : ProxyName.available()) {
        assertThat(conformance.table().verdict(row, name.label()).detail())
            .as(row.id() + " with " + name.label())
            .isNotEqualTo("not asked");
      }
    }
    assertThat(TARGET.resolve("conformance/conformance.md")).content().contains("| passed |");
  }
}
