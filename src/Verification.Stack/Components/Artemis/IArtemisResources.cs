using System.Text.Json;

namespace Verification.Stack.Components.Artemis;

/// <summary>What Artemis's management tells of its resources: the broker, its addresses, its queues.</summary>
internal interface IArtemisResources
{
    /// <summary>An attribute of a resource.</summary>
    /// <exception cref="Brokers.ManagementRefusedException">There is no such resource or attribute.</exception>
    Task<JsonElement> AttributeAsync(string resource, string attribute, CancellationToken cancellationToken);

    /// <summary>The result of an operation that answers with JSON.</summary>
    /// <exception cref="Brokers.ManagementRefusedException">There is no such resource or operation, or it failed.</exception>
    Task<JsonElement> OperationAsync(
        string resource,
        string operation,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    );
}
