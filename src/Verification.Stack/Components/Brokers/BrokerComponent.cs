using DotNet.Testcontainers.Builders;
using Verification.Stack.Certificates;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Stack.Components.Brokers;

/// <summary>A broker with the configuration of <c>config/artemis/</c> or <c>config/classic/</c>, and a certificate for its TLS port.</summary>
/// <param name="Kind">Kind of broker.</param>
/// <param name="Image">Its image.</param>
/// <param name="Config">The folder of configuration, <c>config/</c>.</param>
/// <param name="Secrets">Whom it lets in.</param>
/// <param name="Certificate">What it shows to TLS clients.</param>
/// <param name="Anonymous">Whether it lets clients in that name no user.</param>
internal sealed record BrokerComponent(BrokerKind Kind, string Image, string Config, Secrets Secrets, BrokerCertificate Certificate, bool Anonymous)
{
    /// <summary>The component in its place.</summary>
    public StackComponent At(InstancePlace place)
    {
        var options = new StompOptions
        {
            Host = "127.0.0.1",
            Port = place.Ports[BrokerPorts.Stomp],
            Login = Secrets.BrokerUser,
            Passcode = Secrets.BrokerPassword,
            HeartBeat = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromSeconds(2),
        };
        var ready = new UntilAnswers("answers STOMP CONNECT with CONNECTED", async _ =>
        {
            var connection = await StompClient.ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        });
        return new StackComponent(place.Name, InstanceRole.Broker, Kind == BrokerKind.Artemis ? Artemis(place, ready) : Classic(place, ready), ready, place.Ports);
    }

    private ArtemisContainer Artemis(InstancePlace place, UntilAnswers ready)
    {
        var builder = place.Apply(new ArtemisBuilder(Image))
            .WithUsername(Secrets.BrokerUser)
            .WithPassword(Secrets.BrokerPassword)
            .WithEtcOverride("broker.xml", File.ReadAllBytes(Path.Combine(Config, "artemis", "broker.xml")))
            .WithEtcOverride("broker.pem", Certificate.Pem)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return (Anonymous ? builder.WithAnonymousLogin() : builder).Build();
    }

    private ClassicContainer Classic(InstancePlace place, UntilAnswers ready)
    {
        var builder = place.Apply(new ClassicBuilder(Image))
            .WithUsername(Secrets.BrokerUser)
            .WithPassword(Secrets.BrokerPassword)
            .WithConf("activemq.xml", File.ReadAllBytes(Path.Combine(Config, "classic", "activemq.xml")))
            .WithConf("broker.p12", Certificate.Pkcs12)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return (Anonymous ? builder.WithAnonymousLogin() : builder).Build();
    }
}
