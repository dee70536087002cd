package dev.rendezvous.discovery.registry;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resolves by the hosts file and the machine's name servers, without any cache.
 *
 * <p>The JDK keeps an address for 30 s and Vert.x for as long as the record says (Docker says 600
 * s): both too long to follow a container that moved. The one thread is made for the first name.
 */
public final class SystemHostNames implements HostNames {

  private static final long QUERY_TIMEOUT_MILLIS = 1_500;

  private final Context context;
  private @Nullable EventLoopGroup thread;
  private @Nullable DnsNameResolver resolver;

  /** Completes its answers on this context. */
  public SystemHostNames(Context context) {
    this.context = context;
  }

  @Override
  public Future<List<String>> resolve(String host) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return Future.succeededFuture(List.of(host));
    }
    Promise<List<String>> promise = Promise.promise();
    io.netty.util.concurrent.Future<List<InetAddress>> answer = resolver().resolveAll(host);
    answer.addListener(done -> context.runOnContext(ignored -> complete(promise, answer)));
    return promise.future();
  }

  private static void complete(
      Promise<List<String>> promise, io.netty.util.concurrent.Future<List<InetAddress>> done) {
    if (done.isSuccess()) {
      promise.complete(oneFamily(done.getNow()));
    } else {
      promise.fail(done.cause());
    }
  }

  /** IPv4 where there is any: the same instance must not appear once for each family. */
  private static List<String> oneFamily(List<InetAddress> all) {
    List<InetAddress> four = all.stream().filter(Inet4Address.class::isInstance).toList();
    return (four.isEmpty() ? all : four)
        .stream().map(InetAddress::getHostAddress).distinct().sorted().toList();
  }

  private DnsNameResolver resolver() {
    DnsNameResolver known = resolver;
    if (known == null) {
      EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
      known =
          new DnsNameResolverBuilder(group.next())
              .datagramChannelType(NioDatagramChannel.class)
              .socketChannelType(NioSocketChannel.class)
              .resolveCache(NoopDnsCache.INSTANCE)
              .cnameCache(NoopDnsCnameCache.INSTANCE)
              .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
              .build();
      thread = group;
      resolver = known;
    }
    return known;
  }

  @Override
  public void close() {
    if (resolver != null) {
      resolver.close();
    }
    if (thread != null) {
      var unused = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
