using System.Net;
using System.Net.Sockets;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using k8s.Models;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using YamlDotNet.Core;

namespace Verification.Cluster.Control;

/// <summary>A cluster as a context of kubectl reaches it, whose refusals and silences are told in a sentence.</summary>
internal sealed class ClusterAccess : IDisposable
{
    private const string Variable = "KUBECONFIG";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private readonly ClusterAddress address;

    private ClusterAccess(ClusterAddress address, Kubernetes client) => (this.address, Client) = (address, client);

    /// <summary>Its API.</summary>
    public Kubernetes Client { get; }

    /// <summary>Name of the context.</summary>
    public string Context => address.Context;

    /// <summary>What a context of this user's kubectl means: the first file that has it, of those that <c>KUBECONFIG</c> names, else
    /// <c>~/.kube/config</c>.</summary>
    /// <param name="context">Name of the context.</param>
    /// <exception cref="StackNotFoundException">No file is there, or none has the context.</exception>
    public static ClusterAddress AddressOf(string context)
    {
        var named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
            ? value.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
        // As kubectl does, what is not there is left out.
        var there = named.Where(File.Exists).Select(Path.GetFullPath).ToList();
        if (there.Count == 0)
            throw new StackNotFoundException(
                $"there is no kubeconfig: {string.Join(" and ", named)} is not there. Set {Variable} to the file that kubectl uses."
            );
        var contexts = there.ToDictionary(file => file, file => ContextsOf(Read(file)), StringComparer.Ordinal);
        if (there.Find(file => contexts[file].Contains(context)) is { } holder)
            return new ClusterAddress(holder, context);
        var known = contexts.Values.SelectMany(each => each).Distinct().Order(StringComparer.Ordinal).ToList();
        throw new StackNotFoundException(
            $"{string.Join(" and ", there)} has no context {context}; it has {(known.Count > 0 ? string.Join(", ", known) : "none")}.{Suggestion.Question(context, known)}"
        );
    }

    /// <summary>Makes a client; nobody is asked yet.</summary>
    /// <exception cref="StackNotFoundException">A file can't be read, or none has the context.</exception>
    public static ClusterAccess Open(ClusterAddress address) => new(address, new Kubernetes(ConfigurationOf(address)));

    /// <summary>Makes a client that is known by a token alone, whoever the user of the context is.</summary>
    /// <inheritdoc cref="Open"/>
    public static ClusterAccess OpenAs(ClusterAddress address, string token)
    {
        var configuration = ConfigurationOf(address);
        return new ClusterAccess(
            address,
            new Kubernetes(
                new KubernetesClientConfiguration
                {
                    Host = configuration.Host,
                    SslCaCerts = configuration.SslCaCerts,
                    SkipTlsVerify = configuration.SkipTlsVerify,
                    TlsServerName = configuration.TlsServerName,
                    HttpClientTimeout = configuration.HttpClientTimeout,
                    AccessToken = token,
                }
            )
        );
    }

    /// <summary>Asks, and tells in a sentence what comes of it.</summary>
    /// <param name="what">What for: <c>list the pods of namespace sportbuff</c>.</param>
    /// <param name="ask">The question.</param>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    public async Task<T> AskAsync<T>(string what, Func<Kubernetes, Task<T>> ask)
    {
        try
        {
            return await ask(Client).ConfigureAwait(false);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.Unauthorized)
        {
            throw new StackUnreachableException(
                $"the API server of context {address.Context} does not know who asks (401): log in again, as kubectl --context {address.Context} get pods would need it, too.",
                e
            );
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.Forbidden)
        {
            throw Refusal(what, e);
        }
        catch (HttpOperationException e)
        {
            throw new StackUnreachableException(
                $"the API server of context {address.Context} was to {what}, and answered {(int)e.Response.StatusCode}: {Quotation.Of(e.Response.Content)}",
                e
            );
        }
        catch (Exception e)
            when (e is HttpRequestException or SocketException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new StackUnreachableException(
                $"the API server of context {address.Context}, {Client.BaseUri}, does not answer: {Quotation.Of(e.GetBaseException().Message)}",
                e
            );
        }
    }

    /// <summary>Asks for something that may not be there.</summary>
    /// <returns>What was asked for; null where there is none.</returns>
    /// <inheritdoc cref="AskAsync"/>
    public Task<T?> FindAsync<T>(string what, Func<Kubernetes, Task<T>> ask)
        where T : class =>
        AskAsync(
            what,
            async client =>
            {
                try
                {
                    return await ask(client).ConfigureAwait(false);
                }
                catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
                {
                    return (T?)null;
                }
            }
        );

    /// <summary>Asks whether this user may do what a look at a platform needs, and that is asked for only later: a forward that is refused
    /// looks like a service that is away.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StackUnreachableException">It may not, or the API server does not answer.</exception>
    public async Task RequireRightsAsync(string space, CancellationToken cancellationToken)
    {
        foreach (var (verb, subresource) in new[] { ("get", (string?)null), ("list", null), ("get", "log"), ("create", "portforward") })
        {
            var review = new V1SelfSubjectAccessReview
            {
                Spec = new V1SelfSubjectAccessReviewSpec
                {
                    ResourceAttributes = new V1ResourceAttributes
                    {
                        NamespaceProperty = space,
                        Verb = verb,
                        Resource = "pods",
                        Subresource = subresource,
                    },
                },
            };
            var what = $"{verb} pods{(subresource is null ? string.Empty : $"/{subresource}")} in namespace {space}";
            var answer = await AskAsync(
                    $"ask whether it may {what}",
                    client => client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review, cancellationToken: cancellationToken)
                )
                .ConfigureAwait(false);
            if (!answer.Status.Allowed)
                throw Refusal(what, cause: null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Client.Dispose();

    private StackUnreachableException Refusal(string what, Exception? cause) =>
        new(
            $"the user of context {address.Context} may not {what}. Give it the rights of docs/deployment.md (An existing cluster).",
            cause
        );

    private static KubernetesClientConfiguration ConfigurationOf(ClusterAddress address)
    {
        var read = Read(address.Kubeconfig);
        if (!ContextsOf(read).Contains(address.Context))
            throw new StackNotFoundException(
                $"{address.Kubeconfig} has no context {address.Context} any more: write the description of the stack anew with ./verify attach."
            );
        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(read, address.Context);
            configuration.HttpClientTimeout = AnswerWithin;
            return configuration;
        }
        catch (KubeConfigException e)
        {
            throw Unusable(address.Kubeconfig, e);
        }
    }

    private static K8SConfiguration Read(string file)
    {
        try
        {
            return KubernetesClientConfiguration.LoadKubeConfig(file);
        }
        catch (Exception e) when (e is KubeConfigException or YamlException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, e);
        }
    }

    private static List<string> ContextsOf(K8SConfiguration configuration) =>
        [.. (configuration.Contexts ?? []).Select(context => context.Name)];

    private static StackNotFoundException Unusable(string file, Exception e) =>
        new($"{file} can't be used: {Quotation.Of(e.Message)}. kubectl config view shows what is wrong.", e);
}
