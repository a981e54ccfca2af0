using System.Net.Sockets;
using System.Text;
using DotNet.Testcontainers.Builders;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Classic;

/// <summary>ActiveMQ Classic with the configuration of <c>config/classic/</c>.</summary>
internal static class ClassicComponent
{
    public static StackComponent Of(InstancePlace place, string image, ProjectRoot root, Secrets secrets)
    {
        var port = place.Ports[ClassicBuilder.StompPort];
        var ready = new UntilAnswers("answers STOMP CONNECT with CONNECTED", async _ =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, limit.Token).ConfigureAwait(false);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"CONNECT\naccept-version:1.2\nhost:x\nlogin:{secrets.BrokerUser}\npasscode:{secrets.BrokerPassword}\n\n\0"), limit.Token).ConfigureAwait(false);
            var buffer = new byte[9];
            await stream.ReadExactlyAsync(buffer, limit.Token).ConfigureAwait(false);
            if (Encoding.UTF8.GetString(buffer) != "CONNECTED")
                throw new IOException(Encoding.UTF8.GetString(buffer));
        });
        var builder = place.Apply(new ClassicBuilder(image))
            .WithUsername(secrets.BrokerUser)
            .WithPassword(secrets.BrokerPassword)
            .WithBrokerXml(new FileInfo(Path.Combine(root.Config, "classic", "activemq.xml")))
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, InstanceRole.Broker, builder.Build(), ready, place.Ports);
    }
}
