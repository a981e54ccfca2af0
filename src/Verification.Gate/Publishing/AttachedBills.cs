using Verification.Objectives;
using Verification.Stack.Images.Registries;

namespace Verification.Gate.Publishing;

/// <summary>The bills of material that lie beside images in a registry.</summary>
internal static class AttachedBills
{
    /// <summary>What speaks against the bills beside an image: a sentence each, none where one of its own lies there and no
    /// other.</summary>
    /// <param name="image">A name with its registry and digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public static async Task<IReadOnlyList<string>> ProblemsOfAsync(ImageName image, CancellationToken cancellationToken)
    {
        using var registry = await RegistryClient.ConnectAsync(image, cancellationToken).ConfigureAwait(false);
        var bills = await registry
            .ReferrersAsync(image.Repository, image.Digest!, BillOfMaterial.Type, cancellationToken)
            .ConfigureAwait(false);
        // What only bears the type holds nothing.
        var layers = bills.SelectMany(bill => bill.Layers ?? []).ToList();
        if (layers.Count == 0)
            return [$"no bill of material lies beside {image}"];
        var problems = new List<string>();
        foreach (var layer in layers)
        {
            if (
                BillOfMaterial.ProblemOf(
                    await registry.BlobAsync(image.Repository, layer.Digest, cancellationToken).ConfigureAwait(false),
                    image
                ) is
                { } problem
            )
                problems.Add($"the bill of material beside {image}: {problem}");
        }

        return problems;
    }
}
