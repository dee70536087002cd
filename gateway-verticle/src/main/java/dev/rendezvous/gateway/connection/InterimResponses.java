package dev.rendezvous.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What a service says before its answer: any number of interim responses may come, of any status
 * below 200 (RFC 9110 section 15.2).
 *
 * <p>Vert.x knows 100, 101 and 103, and takes any other for the answer; it is told of early hints
 * instead, and whoever is handed them asks here what they were.
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {
  private HttpResponseStatus status = HttpResponseStatus.EARLY_HINTS;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response && isUnknown(response.status().code())) {
      status = response.status();
      response.setStatus(HttpResponseStatus.EARLY_HINTS);
      context.fireChannelRead(message);
      status = HttpResponseStatus.EARLY_HINTS;
    } else {
      context.fireChannelRead(message);
    }
  }

  /** What the one that is being handed on was. */
  HttpResponseStatus status() {
    return status;
  }

  private static boolean isUnknown(int code) {
    return code == 102 || (code > 103 && code < 200);
  }
}
