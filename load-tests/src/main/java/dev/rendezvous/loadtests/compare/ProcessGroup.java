package dev.rendezvous.loadtests.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What processes and all their children use, by what the operating system counts. */
final class ProcessGroup {

  private ProcessGroup() {}

  /** User and system time since they began, in µs. */
  static double cpuMicros(Collection<Long> roots) {
    return tree(roots)
            .mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
            .sum()
        / 1e3;
  }

  /** Memory, with shared pages divided among those that share them where the system tells. */
  static double memoryMib(Collection<Long> roots) {
    return tree(roots).mapToLong(ProcessGroup::kibibytes).sum() / 1024.0;
  }

  private static Stream<ProcessHandle> tree(Collection<Long> roots) {
    return roots.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct();
  }

  private static long kibibytes(ProcessHandle process) {
    Path rollup = Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup");
    try (Stream<String> lines = Files.lines(rollup)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException | java.io.UncheckedIOException notLinux) {
      return resident(process);
    }
  }

  private static long resident(ProcessHandle process) {
    try {
      Process ps =
          new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", String.valueOf(process.pid())))
              .start();
      String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? 0 : Long.parseLong(said);
    } catch (IOException none) {
      return 0;
    }
  }
}
