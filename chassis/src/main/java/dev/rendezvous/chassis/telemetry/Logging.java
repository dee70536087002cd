package dev.rendezvous.chassis.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.slf4j.LoggerFactory;

/**
 * Log lines on standard output.
 *
 * <p>They are written by a thread of their own, and an event loop never waits for it: whoever reads
 * standard output too slowly loses lines, not requests.
 */
final class Logging {
  /** Lines that may wait; at some 200 bytes each a burst of 8,192 costs under 4 MiB. */
  private static final int QUEUE = 8_192;

  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg %kvp%n%ex";

  private final LoggerContext context;

  private Logging(LoggerContext context) {
    this.context = context;
  }

  /** Configured in code because reading logback's XML doubles what logging adds to the start. */
  static Logging start(String service, LogFormat format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    if (format == LogFormat.JSON) {
      encoder.setLayout(new JsonLines(service));
    } else {
      var layout = new PatternLayout();
      layout.setContext(context);
      layout.setPattern(TEXT);
      layout.start();
      encoder.setLayout(layout);
    }
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    var async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(QUEUE);
    async.setNeverBlock(true);
    async.setMaxFlushTime(1_000);
    async.addAppender(console);
    async.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(async);
    context.getLogger("org.flywaydb").setLevel(Level.WARN);
    context.getLogger("org.flywaydb.core.internal.license").setLevel(Level.ERROR);
    return new Logging(context);
  }

  /** Writes what waits; called when nothing more is to be said. */
  void stop() {
    context.stop();
  }
}
