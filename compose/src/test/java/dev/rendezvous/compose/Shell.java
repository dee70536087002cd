package dev.rendezvous.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end; one that fails or that takes too long fails the test. */
final class Shell {
  private Shell() {}

  /** What the program printed; its standard error is in the failure's message. */
  static String run(Duration limit, Map<String, String> variables, List<String> command) {
    try {
      Path errors = Files.createTempFile("rendezvous-compose", ".err");
      Path output = Files.createTempFile("rendezvous-compose", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
          throw new AssertionError(command + " took over " + limit + "\n" + all(output, errors));
        }
        if (process.exitValue() != 0) {
          throw new AssertionError(
              command + " ended with " + process.exitValue() + "\n" + all(output, errors));
        }
        return Files.readString(output);
      } finally {
        Files.delete(errors);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String docker(String... arguments) {
    return run(
        Duration.ofMinutes(1),
        Map.of(),
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("docker"), java.util.Arrays.stream(arguments))
            .toList());
  }

  private static String all(Path output, Path errors) throws IOException {
    return Files.readString(output) + Files.readString(errors);
  }
}
