package dev.rendezvous.loadtests.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final List<ConformanceCase> all =
      Catalogue.cases().values().stream().flatMap(List::stream).toList();

  @Test
  void idsLeadToOneScriptEach() {
    assertThat(all).extracting(ConformanceCase::id).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(one -> assertThat(one.id()).matches("[a-z0-9-]+"));
  }

  @Test
  void everyCaseSaysWhatItHoldsAndWhoAsksForIt() {
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(one.rule()).as(one.id()).isNotBlank();
              assertThat(one.source()).as(one.id()).isNotBlank();
              assertThat(one.steps()).as(one.id()).isNotEmpty();
              assertThat(one.expected()).as(one.id()).isNotEmpty();
            });
  }

  @Test
  void whatNoStandardAsksForIsCountedApart() {
    assertThat(all)
        .filteredOn(one -> !one.own())
        .allSatisfy(
            one ->
                assertThat(one.source())
                    .as(one.id())
                    .containsPattern("RFC \\d{4}|convention|as configured"));
  }

  @Test
  void theyAreMany() {
    assertThat(Catalogue.cases()).hasSizeGreaterThan(10);
    assertThat(all).hasSizeGreaterThan(300);
  }
}
