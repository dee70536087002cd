package dev.rendezvous.gateway.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection from a client, from its first byte to its last.
 *
 * <p>It may be silent between requests for a while, but a head that has begun must end soon, also
 * when its bytes come one by one. It is closed in two steps: first no more is written, then what
 * still comes is read for a while, because closing at once could destroy an answer before its
 * client has read it (RFC 9112 section 9.6).
 */
public final class ClientConnection extends ChannelDuplexHandler {
  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  /** RFC 9113 section 7. */
  private static final long NO_ERROR = 0;

  private static final long ENHANCE_YOUR_CALM = 0xb;

  /** RFC 9113 section 6.8: until its client has heard of it, no stream is left out. */
  private static final int ANY_STREAM = Integer.MAX_VALUE;

  private static final long NEVER = Long.MAX_VALUE;

  private final ClientConnections all;
  private final Channel channel;
  private final Peer peer;
  private final ClientBytes seen = new ClientBytes();
  private @Nullable HttpConnection http;
  private int exchanges;
  private long idleSince;

  /** When what is under way began, {@link #NEVER} where nothing is. */
  private long headBegun;

  private boolean heard;
  private boolean http2;
  private boolean ended;
  private boolean cut;
  private boolean lingering;
  private long lingerEnd;
  private long lastGoAway = NEVER;

  ClientConnection(ClientConnections all, Channel channel, long now) {
    this.all = all;
    this.channel = channel;
    this.peer = Peer.of(channel.remoteAddress());
    this.headBegun = now;
    this.idleSince = now;
    channel.attr(KEY).set(this);
  }

  /** The connection that Vert.x has made of one. */
  public static ClientConnection of(HttpConnection connection) {
    return Connections.channel(connection).attr(KEY).get();
  }

  public Peer peer() {
    return peer;
  }

  /** Vert.x has found out what its client speaks. */
  void opened(HttpConnection connection) {
    http = connection;
    http2 = Connections.isHttp2(connection);
    if (http2) {
      seen.upgrade();
    }
    if (all.isDraining()) {
      drain();
    }
  }

  /**
   * Whether it is about to end. Nobody is sent away before the gateway takes no more connections:
   * the client's next one could be among those that are lost as that begins.
   */
  public boolean isLeaving() {
    return all.isDraining();
  }

  /** A request's head has come. */
  public void exchangeBegan() {
    exchanges++;
    if (!seen.isHttp2()) {
      headBegun = NEVER;
    }
  }

  /** A request is over, whichever way. */
  public void exchangeEnded() {
    exchanges--;
    idleSince = all.now();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (lingering) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      if (!heard) {
        heard = true;
        headBegun = all.now();
      }
      underWay(seen.isHeadUnderWay(bytes, exchanges == 0));
    }
    context.fireChannelRead(message);
  }

  private void underWay(boolean is) {
    if (!is) {
      headBegun = NEVER;
    } else if (headBegun == NEVER) {
      headBegun = all.now();
    }
  }

  /** Called about twice a second. */
  void tick(long now) {
    if (lingering) {
      if (now - lingerEnd >= 0) {
        closeNow();
      }
    } else if (headBegun != NEVER && now - headBegun >= all.headLimit()) {
      headOverdue(now);
    } else if (exchanges == 0 && now - idleSince >= all.idleLimit()) {
      end();
    } else if (lastGoAway != NEVER && now - lastGoAway >= 0) {
      sayGoodbye();
    }
  }

  private void headOverdue(long now) {
    if (!heard) {
      all.events().closed(Reason.SILENT, peer);
      closeNow();
    } else if (seen.isHttp2()) {
      all.events().closed(Reason.SLOW_HEAD, peer);
      if (http == null) {
        closeNow();
      } else {
        http.goAway(ENHANCE_YOUR_CALM);
        http.close();
      }
    } else {
      var answer = all.events().slowHead(peer, now - headBegun);
      lingering(now);
      channel
          .pipeline()
          .context(this)
          .writeAndFlush(Unpooled.copiedBuffer(answer, UTF_8))
          .addListener(written -> endOutput());
    }
  }

  /** Ends a connection on which no request is in flight. */
  private void end() {
    if (ended) {
      closeNow(); // The client does not even read that it ends.
      return;
    }
    ended = true;
    all.events().closed(all.isDraining() ? Reason.DRAINED : Reason.IDLE, peer);
    if (http != null && http2) {
      http.goAway(NO_ERROR);
      http.close();
    } else {
      lingering(all.now());
      endOutputAfterWrites(channel.pipeline().context(this));
    }
  }

  /** Serves on, but sends its client away as soon as that cannot cross a request. */
  void drain() {
    if (http == null || !http2) {
      // Its next answer says so. Where none is asked for, nothing but silence is left to go by.
      idleSince = all.now();
      return;
    }
    if (lastGoAway == NEVER) {
      http.goAway(NO_ERROR, ANY_STREAM);
      lastGoAway = all.now() + ClientConnections.GO_AWAY_NANOS;
    }
  }

  /** The client has heard; what it had sent by then is known, and finishes. */
  private void sayGoodbye() {
    lastGoAway = NEVER;
    if (http != null) {
      http.goAway(NO_ERROR);
      http.shutdown(all.drainMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Closes at once, so that nobody takes what was written for all there is.
   *
   * @param visibly where only the end of the connection would tell the end of the answer: a reset
   *     says that this is none
   */
  public void cut(boolean visibly) {
    cut = true;
    if (visibly) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    closeNow();
  }

  void closeNow() {
    cut = true;
    var unused = channel.pipeline().context(this).close();
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (cut || !channel.isActive()) {
      var unused = context.close(promise);
      return;
    }
    if (!promise.isVoid()) {
      channel.closeFuture().addListener(closed -> promise.trySuccess());
    }
    if (!lingering) {
      lingering(all.now());
      endOutputAfterWrites(context);
    }
  }

  /** Under io_uring a write that was flushed may still be to come, and a shutdown would lose it. */
  private void endOutputAfterWrites(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
  }

  private void lingering(long now) {
    lingering = true;
    lingerEnd = now + all.lingerLimit();
    // Whoever did not want more of it will not ask for the rest.
    channel.config().setAutoRead(true);
  }

  private void endOutput() {
    var tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutdownOutput();
    } else {
      tls.closeOutbound().addListener(said -> shutdownOutput());
    }
  }

  private void shutdownOutput() {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!Connections.isShutdown(event)) {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    all.remove(this);
    context.fireChannelInactive();
  }

  /** Why a connection was ended on which no request was in flight. */
  public enum Reason {
    SILENT,
    IDLE,
    SLOW_HEAD,
    DRAINED,
    TOO_MANY
  }
}
