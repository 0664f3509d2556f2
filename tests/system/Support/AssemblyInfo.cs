// A mission over DDS wants the machine to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
