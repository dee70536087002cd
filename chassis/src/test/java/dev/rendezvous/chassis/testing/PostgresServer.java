package dev.rendezvous.chassis.testing;

/** One PostgreSQL server on a known port of loopback, however it is had. */
interface PostgresServer extends AutoCloseable {

  /** Starts it, the first time or again with the data that it had. */
  void start();

  void stop();

  /** Stops it and removes its data. */
  @Override
  void close();
}
