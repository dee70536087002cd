package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.call.CallFailure.Cause;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.CodecException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What a throwable of Vert.x or Netty means for a call: the only place that knows their types. */
final class Faults {

  /** RFC 9113 section 8.7: a stream refused with this code was not processed at all. */
  private static final long REFUSED_STREAM = 0x7;

  private Faults() {}

  /** The cause, or null for a throwable that does not come from the network. */
  static @Nullable Cause classify(Throwable failure) {
    if (failure instanceof CallFailure known) {
      return known.reason();
    }
    if (failure instanceof CancellationException) {
      return Cause.CANCELLED;
    }
    if (failure instanceof ConnectionPoolTooBusyException) {
      return Cause.OVERLOADED;
    }
    if (failure instanceof TimeoutException) {
      // One type for two waits; only this text tells them apart (SharedHttpClientConnectionGroup).
      return String.valueOf(failure.getMessage()).contains("getting a connection")
          ? Cause.CONNECT_TIMEOUT
          : Cause.FIRST_BYTE_TIMEOUT;
    }
    if (failure instanceof ConnectTimeoutException) {
      return Cause.CONNECT_TIMEOUT;
    }
    if (isRefusal(failure)) {
      return Cause.REFUSED;
    }
    return isLoss(failure) ? lossOrRefusedStream(failure) : null;
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException
        || failure instanceof SSLHandshakeException;
  }

  private static boolean isLoss(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof VertxException
        || failure instanceof CodecException
        || failure instanceof IllegalArgumentException; // Netty's word for what is not HTTP
  }

  private static Cause lossOrRefusedStream(Throwable failure) {
    return failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM
        ? Cause.OVERLOADED
        : Cause.CONNECTION_LOST;
  }
}
