package dev.rendezvous.loadtests.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files a process started from here may open: as many as this one. */
final class OpenFiles {
  private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\S+)\\s+(\\S+)");

  private OpenFiles() {}

  /** The JVM raises its own limit to the hard one, and so does the gateway's. */
  static long limit() throws IOException {
    Matcher limit = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
    if (!limit.find()) {
      throw new IOException("/proc/self/limits says nothing of open files");
    }
    String hard = limit.group(2);
    return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
  }
}
