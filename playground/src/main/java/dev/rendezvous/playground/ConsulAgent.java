package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Consul: one server agent on the loopback address that keeps its data, so that it can be
 * restarted with what it knew or, after {@link #wipe}, without.
 *
 * <p>{@code consul agent -dev} would keep all in memory and could show only the second.
 */
final class ConsulAgent implements Program {

  private final Ports ports;
  private final Path data;
  private final ConsulBinary binary;
  private final Http http = new Http();

  ConsulAgent(Ports ports, Path data, ConsulBinary binary) {
    this.ports = ports;
    this.data = data;
    this.binary = binary;
  }

  @Override
  public String name() {
    return "consul";
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }

  @Override
  public String address() {
    return "http://127.0.0.1:" + ports.consul();
  }

  /** The web page that shows the services. */
  String page() {
    return address() + "/ui";
  }

  @Override
  public Command command() {
    List<String> line = new ArrayList<>(List.of(binary.path(), "agent", "-server", "-ui"));
    line.addAll(
        List.of(
            "-bootstrap-expect=1",
            "-node=rendezvous",
            "-disable-host-node-id",
            "-bind=127.0.0.1",
            "-client=127.0.0.1",
            "-data-dir=" + data,
            "-log-level=info",
            "-http-port=" + ports.consul(),
            "-server-port=" + ports.consulServer(),
            "-serf-lan-port=" + ports.consulSerf(),
            "-serf-wan-port=-1",
            "-dns-port=-1",
            "-grpc-port=-1",
            // One server elects itself within a second or two instead of ten.
            "-hcl=performance { raft_multiplier = 1 } disable_update_check = true"));
    return new Command(line, Map.of());
  }

  /** It has elected itself and takes registrations. */
  @Override
  public boolean ready(long pid) {
    return http.get(address() + "/v1/status/leader")
        .filter(answer -> answer.statusCode() == 200 && answer.body().length() > 2)
        .isPresent();
  }

  /** Forgets everything, while it is down. */
  void wipe() {
    try {
      Folders.delete(data);
    } catch (IOException e) {
      throw new StartFailure(data + " cannot be removed: " + e, e);
    }
  }
}
