package dev.rendezvous.loadtests.conformance.run;

import dev.rendezvous.loadtests.conformance.Verdict;
import dev.rendezvous.loadtests.conformance.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases and proxies, and what came of each pair. */
final class ResultTable {
  private final List<String> proxies = new ArrayList<>();
  private final Map<Row, Map<String, Verdict>> rows = new LinkedHashMap<>();

  /** What a row is worth is counted apart. */
  enum Kind {
    STANDARD("our cases: asked for by a standard"),
    OWN("our cases: choices of our own"),
    SCRIPT("our scripts for varnishtest"),
    H2SPEC("h2spec 2.2.0, clear text"),
    H2SPEC_TLS("h2spec 2.2.0, TLS");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * One line of the table.
   *
   * @param group the title that it stands under
   * @param id unique
   */
  record Row(Kind kind, String group, String id, String rule, String source) {}

  void add(Row row, String proxy, Verdict verdict) {
    if (!proxies.contains(proxy)) {
      proxies.add(proxy);
    }
    rows.computeIfAbsent(row, any -> new LinkedHashMap<>()).put(proxy, verdict);
  }

  List<String> proxies() {
    return List.copyOf(proxies);
  }

  List<Row> rows() {
    return List.copyOf(rows.keySet());
  }

  Verdict verdict(Row row, String proxy) {
    return rows.getOrDefault(row, Map.of())
        .getOrDefault(proxy, new Verdict(Outcome.NOT_RUN, "not asked"));
  }

  /** As many as passed, of as many as were run. */
  String total(String proxy, Kind kind) {
    var passed = count(proxy, kind, Outcome.PASS);
    return passed + " of " + (passed + count(proxy, kind, Outcome.FAIL));
  }

  private long count(String proxy, Kind kind, Outcome outcome) {
    return rows.keySet().stream()
        .filter(row -> row.kind() == kind && verdict(row, proxy).outcome() == outcome)
        .count();
  }

  /** The rows in which this proxy failed, by their ids, and why. */
  Map<String, String> failures(String proxy) {
    var failures = new LinkedHashMap<String, String>();
    for (var row : rows.keySet()) {
      var verdict = verdict(row, proxy);
      if (verdict.failed()) {
        failures.put(row.id(), verdict.detail());
      }
    }
    return failures;
  }
}
