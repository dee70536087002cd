package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** What processes have used of their cores, as Linux counts it in {@code /proc/PID/stat}. */
final class CpuTime {
  /** USER_HZ, which is 100 on every Linux that a user program can see. */
  private static final long MILLISECONDS_PER_TICK = 10;

  /** The fields after the name: state is the first of them, utime the 12th, stime the 13th. */
  private static final int USER = 11;

  private CpuTime() {}

  /** User and system time together; a process that is gone counts as nothing. */
  static Duration of(Collection<Long> processIds) {
    var ticks = processIds.stream().mapToLong(CpuTime::ticks).sum();
    return Duration.ofMillis(ticks * MILLISECONDS_PER_TICK);
  }

  private static long ticks(long processId) {
    try {
      var line = Files.readString(Path.of("/proc", String.valueOf(processId), "stat"));
      // The name stands in brackets and may hold anything, spaces and brackets too.
      var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
    } catch (IOException gone) {
      return 0;
    }
  }
}
