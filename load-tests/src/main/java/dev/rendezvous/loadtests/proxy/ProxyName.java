package dev.rendezvous.loadtests.proxy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The proxies that can be compared. */
public enum ProxyName {
  /** Ours. */
  RENDEZVOUS(new RendezvousProgram(), List.of()),
  NGINX(new NginxProgram(), List.of("nginx", "-v")),
  HAPROXY(new HaproxyProgram(), List.of("haproxy", "-v")),
  CADDY(new CaddyProgram(), List.of("caddy", "version"));

  @SuppressWarnings("ImmutableEnumChecker") // programs have no fields
  private final Program program;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> versionCommand;

  ProxyName(Program program, List<String> versionCommand) {
    this.program = program;
    this.versionCommand = versionCommand;
  }

  /** Those that this machine has, ours first. */
  public static List<ProxyName> available() {
    return Arrays.stream(values()).filter(ProxyName::isAvailable).toList();
  }

  /** Whether it can be started here: a program on PATH, or our jar built. */
  public boolean isAvailable() {
    return this == RENDEZVOUS
        ? Files.isReadable(RendezvousProgram.jar())
        : Executables.find(label()).isPresent();
  }

  /** Lower case, as its program is called. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Its version as it says itself, for a manifest.
   *
   * @param java the JDK that runs ours
   */
  public String version(Path java) {
    if (this == RENDEZVOUS) {
      var runtime =
          Executables.firstLine(List.of(java.resolve("bin/java").toString(), "--version"));
      return "built here, on " + runtime;
    }
    var line = Executables.firstLine(Executables.located(versionCommand));
    return this == CADDY ? "caddy " + line : line;
  }

  Program program() {
    return program;
  }
}
