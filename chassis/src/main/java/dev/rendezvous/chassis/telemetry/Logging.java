package dev.rendezvous.chassis.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import org.slf4j.LoggerFactory;

/**
 * Log lines on standard output.
 *
 * <p>They are written by a thread of their own, and an event loop never waits for it: whoever reads
 * standard output too slowly loses lines, not requests.
 */
final class Logging {
  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg %kvp%n%ex";

  private final LoggerContext context;
  private final LineWriter writer;

  private Logging(LoggerContext context, LineWriter writer) {
    this.context = context;
    this.writer = writer;
  }

  /** Until {@link #start}: without it Logback prints whatever a library says while it loads. */
  static void hold() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
  }

  /** Configured in code because reading logback's XML doubles what logging adds to the start. */
  static Logging start(String service, LogFormat format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var writer =
        new LineWriter(
            format == LogFormat.JSON ? new JsonLines(service) : text(context), () -> System.out);
    writer.setContext(context);
    writer.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(writer);
    context.getLogger("org.flywaydb").setLevel(Level.WARN);
    context.getLogger("org.flywaydb.core.internal.license").setLevel(Level.ERROR);
    return new Logging(context, writer);
  }

  private static Layout<ILoggingEvent> text(LoggerContext context) {
    var layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern(TEXT);
    layout.start();
    return layout;
  }

  /** How many lines were lost because nobody read them in time. */
  long lost() {
    return writer.lost();
  }

  /** Writes what waits; called when nothing more is to be said. */
  void stop() {
    context.stop();
  }
}
