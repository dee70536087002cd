package dev.rendezvous.loadtests;

import java.nio.file.Path;

/** Where tests find what was checked out and built. */
public final class Repository {

  /** Surefire and Failsafe start tests in the module's folder. */
  public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What the README's table is made of. */
  public static final Path RESULTS = ROOT.resolve("docs/results/results.json");

  private Repository() {}
}
