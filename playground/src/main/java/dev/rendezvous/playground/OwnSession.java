package dev.rendezvous.playground;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command that starts another one in a session of its own, with the same process id.
 *
 * <p>Ctrl-C in a terminal reaches every process of the session; the parts are to be ended in their
 * order instead.
 */
final class OwnSession {

  private static final List<String> COMMAND =
      onPath("setsid")
          ? List.of("setsid")
          : List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!");

  private OwnSession() {}

  static List<String> command() {
    return COMMAND;
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
