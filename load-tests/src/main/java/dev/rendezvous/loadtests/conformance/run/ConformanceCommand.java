package dev.rendezvous.loadtests.conformance.run;

import dev.rendezvous.loadtests.proxy.ProxyName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** {@code conformance FOLDER [PROXY…]}: runs everything, writes the table, prints the totals. */
public final class ConformanceCommand {
  private ConformanceCommand() {}

  /**
   * Runs it.
   *
   * @param arguments the folder that the table is written to, beside which Maven has unpacked
   *     h2spec; and the proxies, all that there are where none is named
   * @return the exit code: 0, 1 where ours failed a case, 2 for bad arguments
   */
  public static int run(List<String> arguments, PrintStream out) throws IOException {
    var known = Stream.of(ProxyName.values()).map(ProxyName::label).toList();
    var named = arguments.stream().skip(1).toList();
    if (arguments.isEmpty() || !known.containsAll(named)) {
      out.println("accepted: conformance FOLDER [" + String.join("|", known) + " …]");
      return 2;
    }
    var folder = Path.of(arguments.get(0)).toAbsolutePath();
    var conformance = new Conformance(folder.resolve("work"), folder.resolveSibling("h2spec"));
    var versions = new LinkedHashMap<String, String>();
    for (var name : ProxyName.values()) {
      if (!named.isEmpty() && !named.contains(name.label())) {
        continue;
      }
      if (name.isAvailable()) {
        versions.put(name.label(), name.version(Path.of(System.getProperty("java.home", ""))));
        conformance.run(name);
        print(conformance, name, out);
      } else {
        out.println("not run: " + name.label() + ", which is not on PATH");
      }
    }
    TableFiles.write(conformance.table(), versions, folder);
    conformance.notRun().forEach(what -> out.println("not run: " + what));
    out.println("the table: " + folder.resolve("conformance.md"));
    return conformance.failures(ProxyName.RENDEZVOUS).isEmpty() ? 0 : 1;
  }

  private static void print(Conformance conformance, ProxyName name, PrintStream out) {
    out.println(name.label() + " passed");
    for (var kind : ResultTable.Kind.values()) {
      out.println("  " + conformance.table().total(name.label(), kind) + " " + kind.title());
    }
    if (name == ProxyName.RENDEZVOUS) {
      conformance.failures(name).forEach((id, why) -> out.println("  FAILED " + id + ": " + why));
    }
  }
}
