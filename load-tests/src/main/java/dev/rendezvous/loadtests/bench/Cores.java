package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Executables;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which core the proxy has to itself; backend and loader share the others.
 *
 * @param proxy counted from 0; empty where nothing can be bound to a core
 * @param others in taskset's notation; empty likewise
 */
record Cores(OptionalInt proxy, String others) {
  /** The last core for the proxy: interrupts tend to come to the first. */
  static Cores assign() {
    int count = Runtime.getRuntime().availableProcessors();
    if (count < 2 || Executables.find("taskset").isEmpty()) {
      return new Cores(OptionalInt.empty(), "");
    }
    return new Cores(OptionalInt.of(count - 1), count == 2 ? "0" : "0-" + (count - 2));
  }

  /** What is put before the command of a backend or loader. */
  List<String> prefix() {
    return others.isEmpty() ? List.of() : List.of("taskset", "-c", others);
  }

  /** Binds this process, which is a loader too, with all its threads. */
  void bindThisProcess() throws IOException {
    bind(others, List.of(ProcessHandle.current().pid()));
  }

  /** Binds a proxy to its core. */
  void narrow(List<Long> processes) throws IOException {
    bind(String.valueOf(proxy.orElse(0)), processes);
  }

  /** Lets a proxy have all cores, so that code is compiled beside the requests that warm it up. */
  void widen(List<Long> processes) throws IOException {
    bind(others + "," + proxy.orElse(0), processes);
  }

  private void bind(String to, List<Long> processes) throws IOException {
    if (proxy.isEmpty()) {
      return;
    }
    for (long process : processes) {
      String pid = String.valueOf(process);
      String said = Executables.firstLine(List.of("taskset", "-a", "-c", "-p", to, pid));
      if (!said.startsWith("pid ")) {
        throw new IOException("process " + pid + " cannot be bound to core " + to + ": " + said);
      }
    }
  }

  String description() {
    return proxy.isEmpty()
        ? "nothing is bound to a core (that needs taskset and two cores)"
        : "proxy on core " + proxy.getAsInt() + ", backend and loader on core " + others;
  }
}
