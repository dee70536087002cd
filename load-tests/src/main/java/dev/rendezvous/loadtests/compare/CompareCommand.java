package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.report.Agreement;
import dev.rendezvous.loadtests.report.Report;
import dev.rendezvous.loadtests.report.Results;
import dev.rendezvous.loadtests.report.ResultsFile;
import dev.rendezvous.playground.CommandLine.Measurement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * {@code ./run compare}: exit code 0 with a report, 1 where the comparison failed, 2 for bad
 * arguments, 3 where it disagrees with another run's results.
 */
public final class CompareCommand {

  private final Path root;
  private final PrintStream out;
  private final PrintStream err;
  private final AtomicBoolean signalled = new AtomicBoolean();

  /**
   * @param root of the repository
   */
  public CompareCommand(Path root, PrintStream out, PrintStream err) {
    this.root = root;
    this.out = out;
    this.err = err;
  }

  /** The arguments with the command itself; the answer is the exit code. */
  public int run(String... args) {
    Measurement command;
    Optional<Results> other = Optional.empty();
    try {
      command = Measurement.parse(args);
      if (command.against().isPresent()) {
        other = Optional.of(ResultsFile.read(command.against().get()));
      }
    } catch (IllegalArgumentException | IOException refused) {
      err.println(refused.getMessage());
      return 2;
    }
    Path data = root.resolve("load-tests/target/compare");
    try {
      Files.createDirectories(data.getParent());
      try (FileChannel lock =
          FileChannel.open(
              data.resolveSibling("compare.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        if (lock.tryLock() == null) {
          throw new IOException("another comparison is running here");
        }
        return compare(command, other, data);
      }
    } catch (IOException | RuntimeException failure) {
      complain(failure.getMessage() == null ? failure.toString() : failure.getMessage());
      return 1;
    }
  }

  private int compare(Measurement command, Optional<Results> other, Path data) throws IOException {
    delete(data);
    Files.createDirectories(data);
    TestBed bed = new TestBed(root, data);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  signalled.set(true);
                  bed.close();
                },
                "stop"));
    Results results;
    try (bed) {
      results = new Comparison(command, root, data, bed, out).run();
    }
    Path folder = root.resolve("load-tests/target/report");
    new Report(results).write(folder);
    out.println();
    out.println(new Report(results).text());
    out.println("Report: " + folder.resolve("index.html"));
    return other.map(former -> agreement(former, results)).orElse(0);
  }

  /** What fails because a signal has ended the systems is no news; the process ends anyway. */
  private void complain(String why) {
    if (!signalled.get()) {
      err.println("./run compare: " + why);
      return;
    }
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int agreement(Results former, Results latter) {
    List<String> differences = new Agreement(former, latter).differences();
    out.println();
    out.println(Agreement.TOLERANCE);
    if (differences.isEmpty()) {
      out.println("It agrees with the other run.");
      return 0;
    }
    differences.forEach(difference -> out.println("disagrees: " + difference));
    return 3;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
