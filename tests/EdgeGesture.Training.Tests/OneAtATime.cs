// libtorch's seeded random numbers and the pause of collections are the whole process's.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
