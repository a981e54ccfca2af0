using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Certificates;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Stack.Components.Brokers;

/// <summary>A broker with the configuration of its folder of <c>config/</c>, and a certificate for its TLS port.</summary>
public abstract class BrokerComponent : ConfiguredComponent
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Kind of broker.</summary>
    public abstract BrokerKind Kind { get; }

    /// <inheritdoc />
    public sealed override string Name => Kind.ToString().ToLowerInvariant();

    /// <inheritdoc />
    public sealed override Role Role => InstanceRole.Broker;

    /// <inheritdoc />
    public sealed override IReadOnlyList<int> Ports => [BrokerPorts.Stomp, BrokerPorts.StompTls];

    /// <inheritdoc />
    public sealed override IReadOnlyList<Credential> Credentials => BrokerCredentials.Wanted;

    /// <inheritdoc />
    public sealed override IReadOnlyList<ConfigFile> Configuration => [BrokerFile];

    /// <summary>The folder inside in which its files of configuration are laid.</summary>
    public string ConfigurationFolder => Image.ConfigurationFolder.TrimEnd('/');

    /// <summary>Its file of configuration.</summary>
    public abstract ConfigFile BrokerFile { get; }

    /// <summary>The file in which it finds its certificate and key.</summary>
    public abstract string CertificateFile { get; }

    /// <summary>The folder inside that a volume keeps from one container to the next.</summary>
    public abstract string KeptFolder { get; }

    /// <inheritdoc />
    internal sealed override uint? DataOwner => Image.ConfigurationOwner;

    private protected abstract ActiveMqImage Image { get; }

    /// <inheritdoc />
    public sealed override bool BelongsWith(BrokerKind broker) => broker == Kind;

    /// <inheritdoc />
    public sealed override async Task<string> VersionAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        var management = await stack.BrokerAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        return await management.VersionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is laid into <see cref="CertificateFile"/>.</summary>
    public abstract byte[] StoreOf(BrokerCertificate certificate);

    /// <summary>How to connect over STOMP as the services' user.</summary>
    internal static StompOptions Options(string host, int port, Secrets secrets)
    {
        var credentials = new BrokerCredentials(secrets);
        return new StompOptions
        {
            Host = host,
            Port = port,
            Login = credentials.User,
            Passcode = credentials.Password,
            HeartBeat = TimeSpan.Zero,
        };
    }

    /// <summary>TLS with trust in the stack's own authority only.</summary>
    internal static SslClientAuthenticationOptions Tls(string host, Secrets secrets) =>
        new()
        {
            TargetHost = host,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509Certificate2.CreateFromPem(new BrokerCredentials(secrets).Authority) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };

    /// <summary>Connects to the means by which it tells of itself.</summary>
    internal abstract Task<IBrokerManagement> ManagementAsync(StompOptions options, CancellationToken cancellationToken);

    /// <inheritdoc />
    internal sealed override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var options = Options(InstancePlace.Loopback, place.Ports[BrokerPorts.Stomp], around.Secrets) with
        {
            ConnectTimeout = ReadyTimeout,
        };
        var ready = place.Shared is null
            ? new UntilAnswers("answers STOMP CONNECT with CONNECTED", _ => ConnectAsync(options, CancellationToken.None))
            : new UntilAnswers(
                "answers STOMP CONNECT with CONNECTED, or waits for the lock of the store",
                container => ConnectOrWaitAsync(options, container)
            );
        return new StackComponent(place.Name, Role, Container(place, image, around, ready), ready, place.Ports);
    }

    /// <summary>The one that answers: of a pair, the other does not listen.</summary>
    /// <exception cref="StompException">None answers.</exception>
    internal sealed override async Task<StackInstance> PrimaryAsync(
        AttachedStack stack,
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    )
    {
        var active = await ActiveAsync(stack, instances, cancellationToken).ConfigureAwait(false);
        return active.Count > 0
            ? active[0]
            : throw new StompConnectionException(
                $"None of {string.Join(", ", instances.Select(instance => instance.Name))} answers STOMP CONNECT."
            );
    }

    /// <summary>Those that answer STOMP CONNECT: of a pair on one volume, never more than one.</summary>
    internal static async Task<IReadOnlyList<StackInstance>> ActiveAsync(
        AttachedStack stack,
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    )
    {
        var answers = await Task.WhenAll(
                instances.Select(async instance =>
                {
                    try
                    {
                        await ConnectAsync(stack.BrokerOptions(instance) with { ConnectTimeout = ReadyTimeout }, cancellationToken)
                            .ConfigureAwait(false);
                        return instance;
                    }
                    catch (Exception e) when (Patience.IsOfTheConnection(e))
                    {
                        return null;
                    }
                })
            )
            .ConfigureAwait(false);
        return [.. answers.OfType<StackInstance>()];
    }

    private static async Task ConnectAsync(StompOptions options, CancellationToken cancellationToken)
    {
        var connection = await StompClient.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <exception cref="StompException">It does not answer, and does not wait either.</exception>
    private async Task ConnectOrWaitAsync(StompOptions options, IContainer container)
    {
        try
        {
            await ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e))
        {
            var (output, error) = await container.GetLogsAsync(timestampsEnabled: false).ConfigureAwait(false);
            if (
                !output.Contains(Image.StandbyMessage, StringComparison.Ordinal)
                && !error.Contains(Image.StandbyMessage, StringComparison.Ordinal)
            )
                throw;
        }
    }

    /// <summary>Builds the container of one kind.</summary>
    private protected abstract ActiveMqContainer Container(InstancePlace place, string image, Surroundings around, UntilAnswers ready);

    /// <summary>What both kinds are given.</summary>
    private protected TContainer Container<TBuilder, TContainer>(
        TBuilder builder,
        InstancePlace place,
        Surroundings around,
        UntilAnswers ready
    )
        where TBuilder : ActiveMqBuilder<TBuilder, TContainer>
        where TContainer : ActiveMqContainer
    {
        var credentials = new BrokerCredentials(around.Secrets);
        var certificate = place.Addition?.Certificate ?? around.CertificateFor(place);
        var configured = place
            .Apply(builder)
            .WithUsername(credentials.User)
            .WithPassword(credentials.Password)
            .WithConfigurationFile(BrokerFile.Name, File.ReadAllBytes(PathOf(BrokerFile, around.Root.Config)))
            .WithConfigurationFile(CertificateFile, StoreOf(certificate))
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return (around.Sut.AnonymousBroker ? configured.WithAnonymousLogin() : configured).Build();
    }
}
