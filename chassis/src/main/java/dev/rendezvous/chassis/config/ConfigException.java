package dev.rendezvous.chassis.config;

import java.util.List;

/** Configuration that a process refuses to start with: one line for each variable at fault. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> errors;

  ConfigException(List<String> errors) {
    super(String.join(System.lineSeparator(), errors));
    this.errors = List.copyOf(errors);
  }

  /** Each names the variable, what it holds and what it accepts. */
  public List<String> errors() {
    return errors;
  }
}
