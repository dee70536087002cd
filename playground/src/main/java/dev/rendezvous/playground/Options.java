package dev.rendezvous.playground;

import dev.rendezvous.playground.CommandLine.Variant;
import java.nio.file.Path;

/**
 * Which system to run, and where.
 *
 * @param variant how the services find each other
 * @param users how many user services
 * @param root the repository's root, where the jars were built
 * @param data the folder that keeps databases, logs and snapshots
 * @param portBase added to every port
 * @param source which of the registry's sources the services use, {@code watch} or {@code bridge}
 * @param gatewayOnRegistry whether the discovery variant has a gateway as well, one that asks the
 *     registry where the services are
 */
public record Options(
    Variant variant,
    int users,
    Path root,
    Path data,
    int portBase,
    String source,
    boolean gatewayOnRegistry) {

  /** Two user services on the ports that the documentation names. */
  public static Options of(Variant variant, Path root, Path data) {
    return new Options(variant, 2, root, data, 0, "watch", false);
  }

  static Options of(CommandLine command, Path root, Path workingFolder) {
    Path data = command.data().map(workingFolder::resolve).orElse(root.resolve(".data"));
    return new Options(
        command.variant(),
        command.users(),
        root,
        data.normalize(),
        command.portBase(),
        command.source(),
        false);
  }

  /** The same on other ports, all of them free at this moment. */
  public Options onFreePorts() {
    return withPortBase(Ports.freeBase(users));
  }

  public Options withPortBase(int base) {
    return new Options(variant, users, root, data, base, source, gatewayOnRegistry);
  }

  public Options withUsers(int count) {
    return new Options(variant, count, root, data, portBase, source, gatewayOnRegistry);
  }

  public Options withSource(String name) {
    return new Options(variant, users, root, data, portBase, name, gatewayOnRegistry);
  }

  public Options withGatewayOnRegistry() {
    return new Options(variant, users, root, data, portBase, source, true);
  }

  boolean hasGateway() {
    return variant == Variant.GATEWAY || gatewayOnRegistry;
  }

  boolean hasConsul() {
    return variant == Variant.DISCOVERY;
  }
}
