using DotNet.Testcontainers.Builders;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Stack.Components.Classic;

/// <summary>ActiveMQ Classic with the configuration of <c>config/classic/</c>.</summary>
internal static class ClassicComponent
{
    public static StackComponent Of(InstancePlace place, string image, ProjectRoot root, Secrets secrets)
    {
        var options = new StompOptions
        {
            Host = "127.0.0.1",
            Port = place.Ports[ClassicBuilder.StompPort],
            Login = secrets.BrokerUser,
            Passcode = secrets.BrokerPassword,
            HeartBeat = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromSeconds(2),
        };
        var ready = new UntilAnswers("answers STOMP CONNECT with CONNECTED", async _ =>
        {
            var connection = await StompClient.ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        });
        var builder = place.Apply(new ClassicBuilder(image))
            .WithUsername(secrets.BrokerUser)
            .WithPassword(secrets.BrokerPassword)
            .WithBrokerXml(new FileInfo(Path.Combine(root.Config, "classic", "activemq.xml")))
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, InstanceRole.Broker, builder.Build(), ready, place.Ports);
    }
}
