package dev.rendezvous.discovery.testing;

import java.util.List;

/** One Consul agent on known ports of loopback, however it is had; it forgets all when it ends. */
interface ConsulAgent extends AutoCloseable {

  void start(List<String> options);

  /** Ends it at once, also where it hangs; nothing where it does not run. */
  void kill();

  /** Stops it in its tracks: it accepts connections and answers nothing. */
  void hang();

  void resume();

  @Override
  void close();
}
