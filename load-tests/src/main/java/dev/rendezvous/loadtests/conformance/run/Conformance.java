package dev.rendezvous.loadtests.conformance.run;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Verdict;
import dev.rendezvous.loadtests.conformance.cases.Catalogue;
import dev.rendezvous.loadtests.conformance.run.ResultTable.Kind;
import dev.rendezvous.loadtests.conformance.run.ResultTable.Row;
import dev.rendezvous.loadtests.conformance.tools.H2Spec;
import dev.rendezvous.loadtests.conformance.tools.VarnishScripts;
import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that is run against a proxy. */
final class Conformance {
  /** What Netty itself answers otherwise than h2spec asks; nothing of ours decides it. */
  static final Set<String> NETTY = Set.of("http2/5.1/6", "http2/5.1/12", "http2/5.1.1/2");

  private static final String CLEAR_TEXT = "h2c/";
  private static final String TLS = "tls/";

  private final ResultTable table = new ResultTable();
  private final List<String> notRun = new ArrayList<>();
  private final Path folder;
  private final Optional<Path> varnishtest = VarnishScripts.program();
  private final Optional<Path> h2spec;

  /**
   * @param folder for what the tools write
   * @param archives where Maven has unpacked h2spec's, if it was asked to
   */
  Conformance(Path folder, Path archives) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.h2spec = H2Spec.unpack(archives, folder);
    if (varnishtest.isEmpty()) {
      notRun.add("our scripts for varnishtest: it is not on PATH (Debian's package varnish)");
    }
    if (h2spec.isEmpty()) {
      notRun.add("h2spec: there is none for this machine, or Maven has not unpacked it");
    }
  }

  ResultTable table() {
    return table;
  }

  /** What was left out, and why. */
  List<String> notRun() {
    return List.copyOf(notRun);
  }

  /** Runs all that this machine can run against this proxy. */
  void run(ProxyName name) throws IOException {
    var work = Files.createDirectories(folder.resolve(name.label()));
    try (var run = ProxyRun.start(name, null)) {
      runCases(name, run);
      if (varnishtest.isPresent()) {
        for (var script : VarnishScripts.all()) {
          var row =
              new Row(
                  Kind.SCRIPT,
                  "Scripts for varnishtest",
                  script.name() + ".vtc",
                  script.rule(),
                  script.source());
          var verdict = run.scripts().run(script, varnishtest.get(), run.proxy().address(), work);
          table.add(row, name.label(), verdict);
        }
      }
      runH2Spec(name, run.proxy().clearTextHttp2(), Kind.H2SPEC, work);
    }
    if (h2spec.isPresent()) {
      var certificate = ServerCertificate.create(work);
      try (var run = ProxyRun.start(name, certificate)) {
        runH2Spec(name, run.proxy().tls(), Kind.H2SPEC_TLS, work);
      } catch (IOException e) {
        var why = String.valueOf(e.getMessage()).strip();
        var test = new H2Spec.Test("start", "the proxy serves TLS");
        table.add(row(Kind.H2SPEC_TLS, test), name.label(), Verdict.failed(why));
      }
    }
  }

  private void runCases(ProxyName name, ProxyRun run) {
    var groups = Catalogue.cases();
    var all = groups.values().stream().flatMap(List::stream).toList();
    var verdicts = run.cases().run(all);
    groups.forEach(
        (group, cases) ->
            cases.forEach(
                one ->
                    table.add(
                        row(group, one),
                        name.label(),
                        verdicts.getOrDefault(one.id(), Verdict.notRun("not asked")))));
  }

  private static Row row(String group, ConformanceCase one) {
    return new Row(one.own() ? Kind.OWN : Kind.STANDARD, group, one.id(), one.rule(), one.source());
  }

  private void runH2Spec(ProxyName name, Address address, Kind kind, Path work) throws IOException {
    if (h2spec.isEmpty()) {
      return;
    }
    H2Spec.run(h2spec.get(), address, kind == Kind.H2SPEC_TLS, work)
        .forEach((test, verdict) -> table.add(row(kind, test), name.label(), verdict));
  }

  private static Row row(Kind kind, H2Spec.Test test) {
    var id = (kind == Kind.H2SPEC_TLS ? TLS : CLEAR_TEXT) + test.section();
    return new Row(kind, kind.title(), id, test.title(), "RFC 7540, 7541");
  }

  /** What failed, save for what is Netty's own. */
  Map<String, String> failures(ProxyName name) {
    var failures = new LinkedHashMap<>(table.failures(name.label()));
    NETTY.forEach(
        test -> {
          failures.remove(CLEAR_TEXT + test);
          failures.remove(TLS + test);
        });
    return failures;
  }
}
